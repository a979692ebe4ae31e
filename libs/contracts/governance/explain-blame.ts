import type { Blame } from './blame.ts';

/** Who reads what: builds of before the change new events, or builds with the change those that are on the topic. */
export type Reading = 'old readers' | 'new readers';

export type Explanation = { readonly what: string; readonly breaks: string; readonly instead: string };

/** `heirOf`: the path of the field that seems to be one that is missing, under another name. */
export type Circumstances = { readonly reading: Reading; readonly heirOf: (path: string) => string | undefined };

const newEventType = 'publish a new event type, which old readers pass by, and keep this one';

const breaksOf = (reading: Reading): string =>
  reading === 'old readers'
    ? 'every reader built before the change refuses each event written after it; ours would park its order'
    : 'a reader built after the change cannot read what is on the topic for ever; a rebuild would park every such order';

const missingField = (path: string, fieldType: string, { reading, heirOf }: Circumstances): Explanation => {
  const breaks = breaksOf(reading);
  const heir = heirOf(path);
  if (reading === 'new readers') {
    return {
      what: `${path} (${fieldType}) is wanted, without a default, where older events have no such field`,
      breaks,
      instead: `give ${path} a default, best as ["null", …] with default null`,
    };
  }
  return heir === undefined
    ? { what: `${path} (${fieldType}) is gone and old readers have no default for it`, breaks, instead: `keep ${path}` }
    : {
        what: `${path} (${fieldType}) is gone; it seems to be called ${heir} now`,
        breaks,
        instead: `keep ${path}, and add ${heir} beside it with a default where both are wanted`,
      };
};

const missingChoice = (path: string, missing: string, reading: Reading): Explanation =>
  reading === 'old readers'
    ? {
        what: `${path} may be ${missing} now, which old readers do not know`,
        breaks: breaksOf(reading),
        instead: newEventType,
      }
    : {
        what: `${path} may no longer be ${missing}, which older events have`,
        breaks: breaksOf(reading),
        instead: `keep ${missing} in ${path}`,
      };

type Respelled = Extract<Blame, { readonly readerSays: string }>;

const otherType = ({ kind, path, readerSays, writerSays }: Respelled, reading: Reading): Explanation => {
  const [from, to] = reading === 'old readers' ? [readerSays, writerSays] : [writerSays, readerSays];
  const isName = path === '' || kind === 'name';
  return {
    what: `${path || 'the record'} was ${from} and is ${to} now`,
    breaks: breaksOf(reading),
    instead: isName
      ? `keep the name; for another meaning ${newEventType}`
      : `keep ${path} as it is, and add a field with a default beside it`,
  };
};

/** A blame in plain words: what changed, which reader breaks, and what to do instead. */
export const explainBlame = (blame: Blame, circumstances: Circumstances): Explanation => {
  switch (blame.kind) {
    case 'field':
      return missingField(blame.path, blame.fieldType, circumstances);
    case 'symbol':
    case 'branch':
      return missingChoice(blame.path || 'the record', blame.missing.join(', '), circumstances.reading);
    case 'name':
    case 'type':
    case 'other':
      return otherType(blame, circumstances.reading);
  }
};
