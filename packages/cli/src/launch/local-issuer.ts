/** The `iss` of the access tokens of a shop that runs on one machine; it does not change with the port. */
export const LOCAL_ISSUER = 'https://souk.localhost';
