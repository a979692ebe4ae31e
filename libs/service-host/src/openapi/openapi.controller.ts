import { Controller, Get, Inject, SetMetadata } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { z } from 'zod';
import { SERVICE, type ServiceIdentity } from '../tokens.ts';
import { buildDocument } from './build-document.ts';
import { aboutProcessKey, Documented } from './documented.ts';
import { routeTable } from './route-table.ts';

@Controller('openapi.json')
@SetMetadata(aboutProcessKey, true)
export class OpenApiController {
  private readonly discovery: DiscoveryService;
  private readonly scanner: MetadataScanner;
  private readonly service: ServiceIdentity;
  private document: Record<string, unknown> | undefined;

  constructor(
    @Inject(DiscoveryService) discovery: DiscoveryService,
    @Inject(MetadataScanner) scanner: MetadataScanner,
    @Inject(SERVICE) service: ServiceIdentity,
  ) {
    this.discovery = discovery;
    this.scanner = scanner;
    this.service = service;
  }

  @Get()
  @Documented({
    summary: 'This description',
    responses: { 200: { description: 'OpenAPI 3.1', schema: z.record(z.string(), z.unknown()) } },
  })
  openapi(): Record<string, unknown> {
    this.document ??= buildDocument(this.service, routeTable(this.discovery, this.scanner));
    return this.document;
  }
}
