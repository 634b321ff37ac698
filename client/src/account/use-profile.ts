import { useClientHandle } from '@urql/vue';
import { reactive, ref, watch } from 'vue';
import { useSessionStore } from '@/session/session-store.js';
import { texts } from '@/texts/en.js';
import { type FieldError, errorsOf } from '@/ui/field-errors.js';
import { forgetCorrected } from '@/ui/forget-corrected.js';
import { toast } from '@/ui/toast.js';
import { updateProfileDocument } from './account-operations.js';
import { useAddressBook } from './use-address-book.js';

/** The account's name and e-mail address, and changing them. */
export function useProfile() {
  const { client } = useClientHandle();
  const session = useSessionStore();
  const { viewer, isLoading, problem, reload } = useAddressBook();
  const form = reactive({ name: '', email: '' });
  const errors = ref<readonly FieldError[]>([]);
  forgetCorrected(errors, () => ({ ...form }));
  const isSaving = ref(false);
  watch(
    viewer,
    (account) => Object.assign(form, { name: account?.name ?? '', email: account?.email ?? '' }),
    { immediate: true },
  );

  async function save(): Promise<void> {
    isSaving.value = true;
    const { data, error } = await client.mutation(updateProfileDocument, { input: { ...form } });
    isSaving.value = false;
    const user = data?.updateProfile.user;
    errors.value = errorsOf(data?.updateProfile, error);
    if (!user) return;
    session.rename({ name: user.name, email: user.email });
    await toast({ message: texts.account.saved });
  }
  return { viewer, form, errors, isLoading, isSaving, problem, reload, save };
}
