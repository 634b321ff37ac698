import { createApp, h, nextTick } from 'vue';
import { Toaster, toast } from 'vue-sonner';
import 'vue-sonner/style.css';

let mounted = false;

/** Puts the toaster beside the app the first time, then lets `show` use it. */
export async function showToaster(show: (sonner: typeof toast) => unknown): Promise<void> {
  if (!mounted) {
    mounted = true;
    const host = document.body.appendChild(document.createElement('div'));
    createApp({
      render: () => h(Toaster, { position: 'bottom-center' }),
    }).mount(host);
    await nextTick();
  }
  show(toast);
}
