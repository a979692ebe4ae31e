import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { RequestRefused, type FastifyRequest } from '@orderline/service-host';
import type { Config } from '../config.ts';
import { CONFIG } from '../tokens.ts';

const loopback = ['localhost', '127.0.0.1', '[::1]'];
const harmless = ['GET', 'HEAD'];

/**
 * Nobody signs in here, so that a page of any site, open in the same browser, could try to use it. What is asked under another
 * name than the console's own is refused (a foreign name may be made to lead here), and what changes something is taken from
 * the console's own page or from no page at all.
 */
@Injectable()
export class SameSiteGuard implements CanActivate {
  private readonly names: ReadonlySet<string>;

  constructor(@Inject(CONFIG) config: Config) {
    this.names = new Set([...loopback, config.host, ...config.hosts]);
  }

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (!(request.routeOptions.url ?? '').startsWith('/api')) return true;
    const { host = '', origin, 'sec-fetch-site': site } = request.headers;
    if (!this.names.has(nameOf(host))) {
      const detail = `The console is not known as ${nameOf(host).slice(0, 200)}: name it in CONSOLE_HOSTS.`;
      throw new RequestRefused(403, 'host_refused', { detail });
    }
    if (harmless.includes(request.method) || isOwnPage(host, origin, site)) return true;
    const detail = 'What changes something is taken from the page of the console only.';
    throw new RequestRefused(403, 'cross_site_refused', { detail });
  }
}

/** Without the port. */
const nameOf = (host: string): string => host.replace(/:\d+$/u, '').toLowerCase();

/** Browsers send both headers with such requests; tools send neither. */
const isOwnPage = (host: string, origin: string | undefined, site: unknown): boolean =>
  (site === undefined || site === 'same-origin' || site === 'none') &&
  (origin === undefined || origin === `http://${host}` || origin === `https://${host}`);
