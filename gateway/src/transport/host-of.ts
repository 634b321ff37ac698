/** The host of a URL as sockets and resolvers want it: brackets belong to URLs only. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '');
