import avsc from 'avsc';

/** A schema (parsed JSON) as avsc compiles it, or why it is no Avro schema. */
export const compileSchema = (schema: unknown): avsc.Type | string => {
  try {
    return avsc.Type.forSchema(schema as avsc.schema.AvroSchema, { omitRecordMethods: true });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

/**
 * Undefined when what `writer` writes can be read by `reader`, else avsc's reason. Every verdict on compatibility comes
 * from here: avsc resolves what our consumers resolve, by the rules of Avro's "Schema Resolution".
 */
export const whyUnreadable = (reader: avsc.Type, writer: avsc.Type): string | undefined => {
  try {
    reader.createResolver(writer);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};
