/** What is wrong with one version of an order, and where: `topic`, `event-store`, or `<app>/<projection>` of a read model. */
export type Finding = {
  readonly orderId: string;
  readonly version: number;
  readonly where: string;
  /** In words, for a person. */
  readonly what: string;
};

export const findingKinds = ['lost', 'doubled', 'outOfOrder', 'divergent', 'tampered'] as const;

/**
 * lost: stored and not on the topic, or on the topic and passed over by a read model · doubled: an event counted twice in a
 * read model · outOfOrder: on the topic in an order in which a reader that refuses gaps gets stuck · divergent: two places
 * tell different histories · tampered: an event is not what was once recorded.
 */
export type FindingKind = (typeof findingKinds)[number];

export type KindFinding = Finding & { readonly kind: FindingKind };

export type AuditReport = Readonly<Record<FindingKind, readonly Finding[]>> & {
  /** Nothing was found, and every read model had come to the newest event of every order that is not parked. */
  readonly ok: boolean;
  readonly orders: number;
  readonly events: number;
  readonly seconds: number;
  /** Records of the topic that only repeat an earlier one: harmless, counted. */
  readonly repeated: number;
  /** Records that are no event of an order (no value, no Avro, no known schema): readers park or skip them. */
  readonly unreadable: number;
  /** Orders first stored in an older schema version of which nothing was ever sent. */
  readonly neverPublished: number;
  /** Orders parked in a read model, at the last version applied; their rows were held to that version. */
  readonly parked: readonly Finding[];
  /** Events that a person gave up in a read model: without effect there, and left out of what its rows are held to. */
  readonly givenUp: readonly Finding[];
  /** Read models that had not yet read some records when the time to settle was over. */
  readonly behind: readonly { readonly where: string; readonly orders: number }[];
};
