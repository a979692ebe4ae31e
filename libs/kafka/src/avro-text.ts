const kinds: readonly unknown[] = [
  ...['record', 'error', 'enum', 'array', 'map', 'fixed'],
  ...['null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string'],
];

/**
 * Whether a registry could have taken this for an Avro schema: JSON text of a union, of a type's name, or of something whose
 * `type` Avro knows. Looks no deeper: that is the reader's business.
 */
export const isAvroText = (text: unknown): text is string => {
  if (typeof text !== 'string') return false;
  const schema = parsed(text);
  if (Array.isArray(schema) || typeof schema === 'string') return true;
  return typeof schema === 'object' && schema !== null && 'type' in schema && isKind(schema.type);
};

const isKind = (type: unknown): boolean => kinds.includes(type) || (typeof type === 'object' && type !== null);

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
