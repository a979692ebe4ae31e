/** What a projector is called in each place. */
export type ProjectorNames = {
  /** `customer-value`: the projection, the app in the stack, the service of Compose. */
  readonly name: string;
  /** `customer-value-projector`: below apps/. */
  readonly folder: string;
  /** `customer_value`: the database and its table; the roles are `customer_value_owner` and `customer_value_app`. */
  readonly table: string;
  readonly camel: string;
  readonly Pascal: string;
};

const longest = 32;
const databases = new Set(['orders', 'postgres', 'registry']);
/** Words that PostgreSQL takes for its own where a table is named; two words are never one of them. */
const reserved = new Set(
  `all analyse analyze and any array as asc both case cast check collate column constraint create default deferrable desc
   distinct do else end except false fetch for foreign from grant group having in initially intersect into lateral leading
   limit not null offset on only or order placing primary references returning select some symmetric table then to trailing
   true union unique user using variadic when where window with`.split(/\s+/u),
);

/** Throws with what is wrong about a name. */
export const projectorNames = (name: string): ProjectorNames => {
  const wrong = faultOf(name);
  if (wrong !== undefined) throw new Error(`a projector cannot be called ${name}: ${wrong}`);
  const words = name.split('-');
  const Pascal = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  const camel = Pascal.charAt(0).toLowerCase() + Pascal.slice(1);
  return { name, folder: `${name}-projector`, table: words.join('_'), camel, Pascal };
};

const faultOf = (name: string): string | undefined => {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/u.test(name)) return 'write it in kebab-case, such as customer-value.';
  if (name.length > longest) return `at most ${longest} characters.`;
  if (name.endsWith('-projector')) return 'leave out -projector, which the folder gets by itself.';
  if (name.startsWith('pg-')) return 'names that begin with pg are those of PostgreSQL.';
  if (databases.has(name)) return 'there is a database of that name.';
  if (reserved.has(name)) return 'that is a word of SQL; add another one to it.';
  return undefined;
};
