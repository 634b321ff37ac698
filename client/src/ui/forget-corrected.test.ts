import { expect, it } from 'vitest';
import { reactive, ref } from 'vue';
import type { FieldError } from './field-errors.js';
import { forgetCorrected } from './forget-corrected.js';

it('takes back what was said of a field that changes, and nothing else', () => {
  const form = reactive({ email: '', address: { city: '' } });
  const errors = ref<readonly FieldError[]>([]);
  forgetCorrected(errors, () => ({ email: form.email, ...form.address }));
  form.email = 'ada';
  errors.value = ['', 'email', 'city'].map((field) => ({ field, message: 'No.' }));
  const named = () => errors.value.map(({ field }) => field);
  expect(named()).toEqual(['', 'email', 'city']);
  form.email = 'ada@souk.test';
  expect(named()).toEqual(['', 'city']);
  form.address = { city: 'Berlin' };
  expect(named()).toEqual(['']);
});
