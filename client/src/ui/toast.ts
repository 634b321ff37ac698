/** A passing message; the toaster's code is loaded with the first one. */
export interface Toast {
  readonly message: string;
  readonly tone?: 'ok' | 'danger';
  /** A button, such as undo. */
  readonly action?: { readonly label: string; readonly onClick: () => void };
}

/** @example void toast({ message: texts.account.saved }) */
export async function toast({ message, tone = 'ok', action }: Toast): Promise<void> {
  const { showToaster } = await import('./toaster.js');
  await showToaster((sonner) =>
    (tone === 'danger' ? sonner.error : sonner.success)(message, action ? { action } : {}),
  );
}
