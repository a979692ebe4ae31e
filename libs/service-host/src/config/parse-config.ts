import { z } from 'zod';

/** One wrong setting: `problem` says what is there ("is not set", `is "abc"`), `expected` what should be. */
export type WrongSetting = { name: string; problem: string; expected: string };

/** Every wrong setting of one start, each named in the message. */
export class InvalidConfig extends Error {
  readonly settings: readonly WrongSetting[];

  constructor(settings: readonly WrongSetting[]) {
    super(
      [
        `${settings.length} wrong ${settings.length === 1 ? 'setting' : 'settings'}:`,
        ...settings.map(({ name, problem, expected }) => `  ${name} ${problem}: expected ${expected}`),
      ].join('\n'),
    );
    this.name = 'InvalidConfig';
    this.settings = settings;
  }
}

const secretName = /(URL|PASSWORD|SECRET|TOKEN|KEY)$/u;

/**
 * Reads the settings that `schema` names from `environment` and returns them frozen. An empty value counts as unset.
 * What a setting should be is its schema's description. Throws `InvalidConfig` with all that is wrong, not the first;
 * values of settings that may hold a secret are never repeated.
 */
export const parseConfig = <Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  environment: Record<string, string | undefined>,
): Readonly<z.output<z.ZodObject<Shape>>> => {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const result = schema.safeParse(given);
  if (result.success) return Object.freeze(result.data);
  const messages = new Map<string, string>();
  for (const issue of result.error.issues) {
    const name = String(issue.path[0] ?? 'environment');
    messages.set(name, messages.get(name) ?? issue.message);
  }
  throw new InvalidConfig(
    [...messages].map(([name, message]) => ({
      name,
      problem: problemOf(name, given[name]),
      expected: descriptionOf(schema, name) ?? message,
    })),
  );
};

const problemOf = (name: string, value: string | undefined): string => {
  if (value === undefined) return 'is not set';
  return secretName.test(name) ? 'is wrong' : `is ${JSON.stringify(value.slice(0, 80))}`;
};

const descriptionOf = (schema: z.ZodObject, name: string): string | undefined => {
  const setting: unknown = schema.shape[name];
  return setting instanceof z.ZodType ? setting.description : undefined;
};
