import { z } from 'zod';

/** Where the other subgraphs are. */
export type UrlOf = (subgraph: string) => string;

/**
 * Parses `SUBGRAPH_URLS`, for example `users=http://127.0.0.1:4101,orders=http://127.0.0.1:4104`, into a lookup.
 * The lookup throws for a name that is not there.
 *
 * @example const schema = z.object({ SUBGRAPH_URLS: subgraphUrls });
 */
export const subgraphUrls = z.string().transform((text, context): UrlOf => {
  const urls = new Map<string, string>();
  for (const pair of text.split(',').filter((part) => part.trim() !== '')) {
    const [name = '', ...rest] = pair.trim().split('=');
    const url = rest.join('=');
    if (name === '' || !URL.canParse(url)) {
      context.addIssue(`"${pair}" is not name=url, as in users=http://127.0.0.1:4101`);
      return z.NEVER;
    }
    urls.set(name, url.replace(/\/$/, ''));
  }
  return (subgraph) => {
    const url = urls.get(subgraph);
    if (url !== undefined) return url;
    throw new Error(`Nobody knows where ${subgraph} is. Add ${subgraph}=<url> to SUBGRAPH_URLS.`);
  };
});
