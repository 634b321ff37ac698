import http from 'node:http';

export interface HttpRequest {
  /** @default POST */
  readonly method?: string;
  /** @default /graphql */
  readonly path?: string;
  readonly headers?: http.OutgoingHttpHeaders;
  readonly body?: string | Buffer;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
}

/** Sends a request as it is, without what `fetch` adds, mends or refuses. */
export function sendHttp(
  port: number,
  { method = 'POST', path = '/graphql', headers = {}, body }: HttpRequest,
) {
  return new Promise<HttpAnswer>((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port, method, path, headers, agent: false });
    request.on('error', reject);
    request.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      );
    });
    request.end(body);
  });
}
