export type Java = { readonly home: string; readonly executable: string; readonly version: number };

/** The oldest feature version that every part of the stack runs on. */
export declare const oldestJava: number;

/**
 * The newest Java that is 21 or later among JAVA_HOME, PATH and `folders` (the usual JDK folders); of equals, the first in
 * that order. Throws, saying what was found instead, when there is none.
 */
export declare const findJava: (env: NodeJS.ProcessEnv, folders?: readonly string[]) => Promise<Java>;

export declare const newestJava: (found: readonly Java[]) => Java | undefined;

/** The feature version in what `java -version` prints: 25 for "25.0.2", 8 for "1.8.0_392". */
export declare const parseJavaVersion: (printed: string) => number | undefined;
