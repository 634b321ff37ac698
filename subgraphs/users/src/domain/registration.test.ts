import { describe, expect, it } from 'vitest';
import { problemOfPassword } from './password.js';
import { checkProfileChange, checkRegistration } from './registration.js';

describe('a password', () => {
  it.each(['12345678', 'пароль12', '🔑🔑🔑🔑🔑🔑🔑🔑', 'with spaces in it', 'x'.repeat(200)])(
    '%s will do',
    (password) => expect(problemOfPassword(password, 'ada@shop.test')).toBeUndefined(),
  );
  it('has 8 to 200 characters, as people count them', () => {
    expect(problemOfPassword('🔑🔑🔑🔑', undefined)).toMatch(/at least 8/);
    expect(problemOfPassword('x'.repeat(201), undefined)).toMatch(/longer than 200/);
  });
  it('is not the e-mail address, however it is written', () => {
    expect(problemOfPassword('Ada@Shop.test', 'ada@shop.test')).toMatch(/e-mail/);
  });
});

describe('a registration', () => {
  const good = { email: 'Ada@Shop.test', password: 'correct horse', name: ' Ada \t Lovelace ' };

  it('comes out tidy', () => {
    expect(checkRegistration(good)).toEqual({
      ok: true,
      value: { email: 'ada@shop.test', name: 'Ada Lovelace' },
    });
  });
  it.each([
    ['', /missing/],
    ['x'.repeat(101), /longer than 100/],
    ['Ada\u0000', /printed/],
    ['\u202eecalevoL', /printed/],
  ])('does not take the name %j', (name, message) => {
    const checked = checkRegistration({ ...good, name });
    expect(checked).toEqual({
      ok: false,
      errors: [{ code: 'INVALID_INPUT', path: ['name'], message: expect.stringMatching(message) as string }],
    });
  });
});

describe('a change of the profile', () => {
  it('takes absent and null for "leave it"', () => {
    expect(checkProfileChange({})).toEqual({ ok: true, value: {} });
    expect(checkProfileChange({ email: null, name: null })).toEqual({ ok: true, value: {} });
    expect(checkProfileChange({ name: 'Ada' })).toEqual({ ok: true, value: { name: 'Ada' } });
  });
  it('does not take an empty name or address for it', () => {
    const checked = checkProfileChange({ email: '', name: '' });
    expect(!checked.ok && checked.errors.map(({ path }) => path)).toEqual([['email'], ['name']]);
  });
});
