import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { SessionFieldsFragment } from '@/__generated__/graphql.js';
import { stored } from '@/format/storage.js';

/** A token this close to its end would not survive the way to the server. In milliseconds. */
const EXPIRY_MARGIN = 10_000;

/**
 * Who is signed in. The access token lives in memory only; the refresh token in localStorage, so that a reload and a
 * second tab stay signed in (the README weighs this up).
 */
export const useSessionStore = defineStore('session', () => {
  const refreshToken = stored('souk.refresh-token');
  const current = shallowRef<SessionFieldsFragment>();
  const restored = ref(false);

  const user = computed(() => current.value?.user);
  const isStaff = computed(() => user.value?.roles.some((role) => role !== 'CUSTOMER') ?? false);
  const accessToken = computed(() => current.value?.accessToken);

  function start(session: SessionFieldsFragment): void {
    current.value = session;
    refreshToken.value = session.refreshToken;
  }
  function end(): void {
    current.value = undefined;
    refreshToken.value = undefined;
  }
  /** The server no longer takes the access token: the next request gets a new one first. */
  function expire(): void {
    if (current.value) current.value = { ...current.value, expiresAt: new Date(0).toISOString() };
  }
  /** True if there is a session, but no access token that the server would take at `now` (epoch milliseconds). */
  function needsRefresh(now: number): boolean {
    if (refreshToken.value === undefined) return false;
    return !current.value || Date.parse(current.value.expiresAt) - now < EXPIRY_MARGIN;
  }
  function rename(changes: { name: string; email: string }): void {
    if (current.value) current.value = { ...current.value, user: { ...current.value.user, ...changes } };
  }

  return { refreshToken, accessToken, user, isStaff, restored, start, end, expire, needsRefresh, rename };
});
