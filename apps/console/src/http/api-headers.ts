import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';

/** What the API answers is of this moment and may name customers: no browser keeps it, or takes it for something else. */
@Injectable()
export class ApiHeaders implements OnModuleInit {
  private readonly http: HttpAdapterHost;

  constructor(@Inject(HttpAdapterHost) http: HttpAdapterHost) {
    this.http = http;
  }

  onModuleInit(): void {
    this.http.httpAdapter.getInstance<FastifyInstance>().addHook('onRequest', (request, reply, done) => {
      if (request.url.startsWith('/api')) {
        void reply.headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
      }
      done();
    });
  }
}
