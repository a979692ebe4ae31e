/** Whether an Accept header puts application/json before text/plain (RFC 9110, 12.5.1); text where it does not say. */
export const prefersJson = (accept: string | undefined): boolean => {
  const ranges = (accept ?? '*/*').split(',').map(parseRange);
  const quality = (type: string): number => {
    const [major] = type.split('/');
    for (const wanted of [type, `${major ?? ''}/*`, '*/*']) {
      const range = ranges.find(({ name }) => name === wanted);
      if (range) return range.quality;
    }
    return 0;
  };
  return quality('application/json') > quality('text/plain');
};

const parseRange = (text: string): { name: string; quality: number } => {
  const [name = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const given = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  const quality = given === undefined ? 1 : Number(given);
  return { name, quality: Number.isNaN(quality) ? 0 : quality };
};
