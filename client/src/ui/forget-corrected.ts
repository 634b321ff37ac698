import { type Ref, watch } from 'vue';
import type { FieldError } from './field-errors.js';

/**
 * Takes back what was said of a field as soon as it is changed: nobody who has put something right wants to go on
 * reading that it is wrong. What is said of the whole form stays until it is sent again.
 *
 * @param fields the form's fields by the names that errors call them
 * @example forgetCorrected(errors, () => ({ email: form.email, ...form.address }));
 */
export function forgetCorrected(
  errors: Ref<readonly FieldError[]>,
  fields: () => Readonly<Record<string, unknown>>,
): void {
  watch(
    fields,
    (now, before) => {
      const left = errors.value.filter(({ field }) => now[field] === before[field]);
      if (left.length < errors.value.length) errors.value = left;
    },
    // At once: an error that is found later in the same tick is not one that was there when the field changed.
    { flush: 'sync' },
  );
}
