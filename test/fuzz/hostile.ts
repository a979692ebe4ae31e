import fc from 'fast-check';

const lone = '\ud83d';

/** Texts that have broken parsers, databases, terminals and logs before. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\0',
    'a\0b',
    lone,
    `x${lone}y`,
    '\ufeff',
    '\u202e1\u2066',
    '\r\nX-Injected: yes',
    "'; DROP TABLE event; --",
    '$1',
    '%s%n',
    '${7*7}',
    '../../etc/passwd',
    '..',
    '.',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'null',
    'undefined',
    'NaN',
    'Infinity',
    '-Infinity',
    'true',
    '0',
    '-0',
    '-1',
    '00',
    '1e3',
    '1e308',
    '0x10',
    '١٢',
    '2147483647',
    '2147483648',
    '9007199254740993',
    '18446744073709551616',
    '[]',
    '{}',
    '[object Object]',
    'I\u0307',
    'ß',
    'ﬃ',
    '👩‍👩‍👧‍👦',
    '\u0000\u0001\u001f\u007f\u0085',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ maxLength: 300 }),
  fc.nat(3).map((power) => 'é'.repeat(10 ** power)),
);

export const hostileNumber: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(
    0,
    -0,
    -1,
    0.1,
    1.5,
    1e21,
    -1e21,
    2 ** 31,
    2 ** 31 - 1,
    2 ** 53,
    2 ** 53 + 2,
    Number.MAX_VALUE,
    5e-324,
  ),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

const prototypeKey = fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'then', 'length', '');

/** JSON of any shape, as JSON.parse would give it: `__proto__` is a key like others. */
export const hostileJson: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  hostileNumber,
  fc.constantFrom<unknown>(null, true, false, [], {}, [[]], [null], { '': '' }),
  fc.jsonValue({ maxDepth: 3 }),
  fc.tuple(prototypeKey, fc.jsonValue({ maxDepth: 1 })).map(([key, value]) => ({ ...keyed(key, value) })),
  fc.array(fc.constant('x'), { minLength: 0, maxLength: 300, size: 'max' }),
);

/** An object with an own key of any name. */
export const keyed = (key: string, value: unknown): Record<string, unknown> =>
  Object.defineProperty({}, key, { value, enumerable: true, configurable: true, writable: true });

const manyKeys = (keys: number): Buffer =>
  Buffer.from(JSON.stringify(Object.fromEntries(Array.from({ length: keys }, (_, at) => [`k${at}`, at]))));

/** Bytes that are no JSON, hardly JSON, or too much of it. */
export const hostileBytes: fc.Arbitrary<Buffer> = fc.oneof(
  fc
    .constantFrom(
      ...[
        '',
        ' ',
        'null',
        '{',
        '[',
        '"',
        '{"a":',
        '{"a":1,}',
        "{'a':1}",
        '{"a":1}{"a":1}',
        '1e999',
        '-',
        'nul',
        '\0{}',
      ],
      ...[
        '{"a":1,"a":2}',
        '{"reason":"a","reason":"b"}',
        '{"__proto__":{"reason":"x"}}',
        '{"constructor":{"prototype":1}}',
      ],
      ...['\ufeff{}', '{"amount":1e400}', '{"quantity":1.0000000000000000001}', '"\\ud800"', '{"\\u0000":1}', '// {}'],
    )
    .map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes)),
  fc.constantFrom(...[16, 33, 1_000, 30_000].map((depth) => Buffer.from('['.repeat(depth) + ']'.repeat(depth)))),
  fc.constantFrom(...[33, 5_000].map((depth) => Buffer.from(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`))),
  fc.constantFrom(...[65_534, 65_535, 65_536, 65_537, 200_000].map((size) => Buffer.from(`"${'a'.repeat(size - 2)}"`))),
  fc.constantFrom(
    ...[500, 5_000].map((keys) => Buffer.from(JSON.stringify(Array.from({ length: keys }, (_, at) => at)))),
  ),
  fc.constantFrom(...[500, 5_000].map(manyKeys)),
  fc.constantFrom(
    Buffer.from([0x22, 0xff, 0xfe, 0x22]),
    Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]),
    Buffer.from([0xc0, 0x80]),
  ),
);

export const contentType: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: fc.constant('application/json') },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      ...['application/json; charset=utf-8', 'application/merge-patch+json', 'APPLICATION/JSON', 'application/json;'],
      ...['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'],
      ...[
        'application/json; charset=utf-16',
        'application/jsonp',
        'json',
        '',
        '/',
        'a/b/c',
        '*/*',
        ';',
        'application/json, text/plain',
      ],
    ),
  },
);
