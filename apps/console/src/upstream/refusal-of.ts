import { RequestRefused } from '@orderline/service-host';
import { z } from 'zod';

const problem = z.object({
  code: z.string(),
  detail: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  currentVersion: z.int().optional(),
});
/** As the registry and Kafka Connect put it. */
const oddProblem = z.object({ error_code: z.int(), message: z.string() });

/** The refusal that an answer of 400 or more says; throws where it says nothing that a part of ours would say. */
export const refusalOf = async (response: Response): Promise<RequestRefused> => {
  const { status } = response;
  const body: unknown = await response.json();
  const given = problem.safeParse(body);
  if (given.success) {
    const { code, detail = code, errors, currentVersion } = given.data;
    return new RequestRefused(status, code, {
      detail,
      ...(errors && { errors }),
      ...(currentVersion !== undefined && { members: { currentVersion } }),
    });
  }
  const { message, error_code: number } = oddProblem.parse(body);
  return new RequestRefused(status, `error_${number}`, { detail: message });
};
