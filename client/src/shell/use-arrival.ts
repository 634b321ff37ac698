import { nextTick, ref } from 'vue';
import { useRouter } from 'vue-router';
import { texts } from '@/texts/en.js';

/**
 * What a browser does by itself on a new page and an app has to do by hand: title, focus at the top of the content, and
 * a word to screen readers. A change of filters or of a tab of the same page is not an arrival.
 */
export function useArrival() {
  const announcement = ref('');
  useRouter().afterEach(async (to, from, failure) => {
    if (failure || (to.path === from.path && from.matched.length > 0)) return;
    document.title = to.meta.title ? `${to.meta.title} · ${texts.shop}` : texts.shop;
    await nextTick();
    if (from.matched.length > 0) document.getElementById('main')?.focus({ preventScroll: true });
    announcement.value = document.title;
  });
  return { announcement };
}

/** The page's own title, once it knows it. */
export function setTitle(title: string | undefined): void {
  document.title = title ? `${title} · ${texts.shop}` : texts.shop;
}
