import { Controller, Get, Inject } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { SERVICE, type ServiceIdentity } from '../tokens.ts';
import { buildDocument } from './build-document.ts';
import { Documented } from './documented.ts';
import { routeTable } from './route-table.ts';

@Controller('openapi.json')
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
    responses: { 200: { description: 'OpenAPI 3.1', contentType: 'application/json' } },
  })
  openapi(): Record<string, unknown> {
    this.document ??= buildDocument(this.service, routeTable(this.discovery, this.scanner));
    return this.document;
  }
}
