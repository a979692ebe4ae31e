import { describe, expect, it } from 'vitest';
import { hasUnknownOutcome, isTransient } from './is-transient.ts';

const fromServer = (code: string, severity = 'ERROR') => Object.assign(new Error(code), { code, severity });
const fromSocket = (code: string) => Object.assign(new Error(`connect ${code}`), { code });

describe('isTransient', () => {
  it.each(['08006', '40001', '40P01', '53300', '55P03', '57014', '57P01', '25006'])('tries again on %s', (code) => {
    expect(isTransient(fromServer(code))).toBe(true);
  });
  it.each(['23505', '23514', '22P05', '42501', '42P01'])('does not on %s', (code) => {
    expect(isTransient(fromServer(code))).toBe(false);
  });
  it('knows a lost connection by its socket code, by pg’s words, and behind a cause', () => {
    expect(isTransient(fromSocket('ECONNRESET'))).toBe(true);
    expect(isTransient(new Error('Connection terminated unexpectedly'))).toBe(true);
    expect(isTransient(new Error('append failed', { cause: fromSocket('ECONNREFUSED') }))).toBe(true);
  });
  it('does not take a mistake of the program for one', () => {
    expect(isTransient(new TypeError('x is not a function'))).toBe(false);
    expect(isTransient('ECONNRESET')).toBe(false);
  });
});

describe('hasUnknownOutcome', () => {
  it('is true when the connection broke or the server ended it', () => {
    expect(hasUnknownOutcome(new Error('Connection terminated unexpectedly'))).toBe(true);
    expect(hasUnknownOutcome(fromServer('57P01', 'FATAL'))).toBe(true);
  });
  it('is false when the server said that the statement failed', () => {
    expect(hasUnknownOutcome(fromServer('40P01'))).toBe(false);
    expect(hasUnknownOutcome(fromServer('57014'))).toBe(false);
  });
});
