import { HttpException } from '@nestjs/common';
import { ProjectionError, type ProjectionErrorCode } from '../projection-error.ts';

const statusOf: Partial<Record<ProjectionErrorCode, number>> = {
  unknown_projection: 404,
  not_parked: 404,
  not_at_head: 409,
  rebuild_under_way: 409,
  wrong_state: 409,
  rows_differ: 409,
};

/** Refusals of the kit as HTTP answers; anything else is passed on, retriable errors among it. */
export const answering = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    const status = error instanceof ProjectionError ? statusOf[error.code] : undefined;
    if (!(error instanceof ProjectionError) || status === undefined) throw error;
    throw new HttpException({ code: error.code, detail: error.message }, status, { cause: error });
  }
};
