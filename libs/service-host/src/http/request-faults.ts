import {
  Injectable,
  StandardSchemaValidationPipe,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { catchError, from, type Observable } from 'rxjs';
import { hasWrongCorrelationId } from './correlation-id.ts';
import { faultsOf, jsonPointer } from './faults.ts';
import { invalidRequest, type Fault } from './problem.ts';
import { pickHeaders } from './request-headers.ts';
import { routeInputs, type RouteInput } from './route-inputs.ts';

/** Stops a request at its first argument that does not fit; `RequestFaults` then names the faults of all of them. */
class ArgumentRefused extends Error {}

/** The framework would take keys such as `constructor` out and go on; here a schema refuses them as any other it does not know. */
class WholeValidation extends StandardSchemaValidationPipe {
  protected override stripProtoKeys(): void {
    // Nothing: a schema makes what it lets through anew, key by key.
  }
}

/** Validates every argument that has a schema: `@Body({ schema })`, `@Query({ schema })`, `@Param('id', { schema })`. */
export const argumentValidation = (): StandardSchemaValidationPipe =>
  new WholeValidation({
    validateCustomDecorators: true,
    exceptionFactory: () => new ArgumentRefused('an argument does not fit its schema'),
  });

/**
 * Refuses what no argument asked for (query parameters, a body, a malformed correlation id) and completes the list of
 * faults: Nest stops at the first argument, a caller wants to know them all. Costs nothing more where a request is right.
 */
@Injectable()
export class RequestFaults implements NestInterceptor {
  private readonly inputs = new WeakMap<object, RouteInput[]>();

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const inputs = this.inputsOf(context);
    if (strayFaults(inputs, context.switchToHttp().getRequest()).length > 0) {
      return failWithAll(inputs, context);
    }
    return next.handle().pipe(
      catchError((error: unknown) => {
        if (error instanceof ArgumentRefused) return failWithAll(inputs, context);
        throw error;
      }),
    );
  }

  private inputsOf(context: ExecutionContext): RouteInput[] {
    const handler = context.getHandler();
    const known = this.inputs.get(handler);
    if (known) return known;
    const inputs = routeInputs(context.getClass(), handler.name);
    this.inputs.set(handler, inputs);
    return inputs;
  }
}

const failWithAll = (inputs: RouteInput[], context: ExecutionContext): Observable<never> =>
  from(
    Promise.all(inputs.map((input) => schemaFaults(input, context))).then((found) => {
      throw invalidRequest([...strayFaults(inputs, context.switchToHttp().getRequest()), ...found.flat()]);
    }),
  );

const strayFaults = (inputs: RouteInput[], request: FastifyRequest): Fault[] => {
  const faults: Fault[] = [];
  if (hasWrongCorrelationId(request)) {
    faults.push({ path: '/X-Correlation-Id', message: 'must be 1 to 128 of A-Z a-z 0-9 _ . : -' });
  }
  const takes = (source: RouteInput['source']): boolean => inputs.some((input) => input.source === source);
  if (!takes('query')) faults.push(...unknownKeys(request.query));
  if (!takes('body') && request.body !== undefined) {
    const isObject = typeof request.body === 'object' && request.body !== null && !Array.isArray(request.body);
    faults.push(...(isObject ? unknownKeys(request.body) : [{ path: '', message: 'this route takes no body' }]));
  }
  return faults;
};

const unknownKeys = (value: unknown): Fault[] =>
  Object.keys(value ?? {}).map((key) => ({ path: jsonPointer([key]), message: 'is not known here' }));

const schemaFaults = async (input: RouteInput, context: ExecutionContext): Promise<Fault[]> => {
  if (input.schema === undefined) return [];
  const result = await input.schema['~standard'].validate(valueOf(input, context));
  if (!result.issues) return [];
  return faultsOf(result.issues, input.whole ? [] : input.names);
};

const valueOf = ({ source, names, whole }: RouteInput, context: ExecutionContext): unknown => {
  if (source === 'headers') return pickHeaders(names, context);
  const value: unknown = context.switchToHttp().getRequest<FastifyRequest>()[source];
  return whole ? value : (value as Record<string, unknown> | undefined)?.[names[0] ?? ''];
};
