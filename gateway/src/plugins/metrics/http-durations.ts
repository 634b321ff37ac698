import type { LeanHistogram, LeanSeries } from '../../metrics/lean-histogram.js';
import type { HttpLabel } from '../../metrics/gateway-metrics.js';

type Handle = LeanSeries;

/** How one exchange ended. */
export interface EndedExchange {
  readonly method: string;
  readonly path: string;
  /** undefined if the client left before the answer was out. */
  readonly status: number | undefined;
}

/** Methods that have a label of their own; OpenTelemetry counts all others as one. */
const METHODS: ReadonlySet<string> = new Set(['GET', 'POST', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE']);

/**
 * Observes exchanges by method, route and status. Handles are looked up once for each triple, of which there are few:
 * a path that is no route of ours has no label.
 *
 * @param routes paths; one that ends with `/` stands for all below it
 */
export function httpDurations(
  histogram: LeanHistogram<HttpLabel>,
  routes: readonly string[],
): (exchange: EndedExchange, seconds: number) => void {
  const exact = new Set(routes);
  const folders = routes.filter((route) => route.endsWith('/'));
  const routeOf = (path: string): string =>
    exact.has(path) ? path : (folders.find((folder) => path.startsWith(folder)) ?? '');
  const handles = new Map<string, Map<string, Map<number, Handle>>>();

  return ({ method, path, status = 0 }, seconds) => {
    const known = METHODS.has(method) ? method : '_OTHER';
    const route = routeOf(path);
    const ofRoute = within(within(handles, known), route);
    let handle = ofRoute.get(status);
    if (!handle) {
      handle = histogram.labels({
        http_request_method: known,
        url_scheme: 'http',
        ...(route === '' ? {} : { http_route: route }),
        ...(status === 0 ? { error_type: 'client_left' } : { http_response_status_code: status }),
        ...(status >= 500 ? { error_type: String(status) } : {}),
      });
      ofRoute.set(status, handle);
    }
    handle.observe(seconds);
  };
}

/** The map under a key, made at first sight. */
function within<Key, Inner extends Map<unknown, unknown>>(maps: Map<Key, Inner>, key: Key): Inner {
  let inner = maps.get(key);
  if (!inner) {
    // Every map of these nests further maps or handles; which, the caller's type says.
    inner = new Map() as Inner;
    maps.set(key, inner);
  }
  return inner;
}
