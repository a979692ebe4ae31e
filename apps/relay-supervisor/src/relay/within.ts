/** What `work` answers, or `otherwise` when it fails or takes longer than `ms`. */
export const within = async <T>(ms: number, work: Promise<T>, otherwise: T): Promise<T> => {
  const { promise: late, resolve } = Promise.withResolvers<T>();
  const timer = setTimeout(() => resolve(otherwise), ms);
  try {
    return await Promise.race([work, late]);
  } catch {
    return otherwise;
  } finally {
    clearTimeout(timer);
  }
};
