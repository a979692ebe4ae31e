import { relative } from 'node:path';
import { Inject, Injectable, NotFoundException, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import fastifyStatic from '@fastify/static';
import {
  LOGGER,
  READINESS,
  type FastifyReply,
  type FastifyRequest,
  type Logger,
  type Readiness,
} from '@orderline/service-host';
import type { FastifyInstance } from 'fastify';
import { buildPage, builtFolder } from './build-page.ts';
import { cachingOf, pageHeaders } from './page-headers.ts';
import { waitingPage } from './waiting-page.ts';

/**
 * Serves the page, and builds it first where it is missing or older than its sources. The API answers meanwhile. Any address
 * that is no file is the page itself, which knows what to show there.
 */
@Injectable()
export class Page implements OnModuleInit {
  private readonly http: HttpAdapterHost;
  private readonly logger: Logger;
  private waitingFor: string | undefined = 'The page is being built: it takes some seconds.';

  constructor(
    @Inject(HttpAdapterHost) http: HttpAdapterHost,
    @Inject(LOGGER) logger: Logger,
    @Inject(READINESS) readiness: Readiness,
  ) {
    this.http = http;
    this.logger = logger;
    readiness.register('page', () => {
      if (this.waitingFor !== undefined) throw new Error(this.waitingFor);
    });
  }

  async onModuleInit(): Promise<void> {
    const fastify = this.http.httpAdapter.getInstance<FastifyInstance>();
    await fastify.register(fastifyStatic, {
      root: builtFolder,
      serve: false,
      preCompressed: true,
      cacheControl: false,
      dotfiles: 'ignore',
      setHeaders: (reply, path) => {
        void reply.header('cache-control', cachingOf(relative(builtFolder, path)));
      },
    });
    fastify.get('/*', (request, reply) => this.answer(request, reply));
    void this.build();
  }

  private async build(): Promise<void> {
    const began = performance.now();
    try {
      const wasBuilt = await buildPage();
      this.waitingFor = undefined;
      if (wasBuilt) this.logger.info({ milliseconds: Math.round(performance.now() - began) }, 'the page was built');
    } catch (error) {
      this.waitingFor = 'The page could not be built: the log of the console says why.';
      this.logger.error({ err: error }, 'the page could not be built');
    }
  }

  private answer(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const path = (request.params as { '*': string })['*'];
    const isFile = /\.\w+$/u.test(path);
    if (/^api(\/|$)/u.test(path) || (!isFile && !takesHtml(request))) throw new NotFoundException();
    void reply.headers(pageHeaders);
    if (this.waitingFor !== undefined) {
      const headers = { 'retry-after': '1', 'cache-control': 'no-store' };
      return reply.code(503).headers(headers).type('text/html; charset=utf-8').send(waitingPage(this.waitingFor));
    }
    return reply.sendFile(isFile ? path : 'index.html');
  }
}

const takesHtml = ({ headers: { accept = '*/*' } }: FastifyRequest): boolean => /text\/html|\*\/\*/u.test(accept);
