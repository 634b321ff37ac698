// Edits the text of modules as they are loaded.

let edits = [];

export function initialize(data) {
  edits = data;
}

export async function load(url, context, nextLoad) {
  const loaded = await nextLoad(url, context);
  const ours = edits.filter(({ file }) => url.endsWith(file));
  if (ours.length === 0) return loaded;
  let source = String(loaded.source);
  for (const { find, replace } of ours) {
    // A bug that is not planted would be a test that tests nothing.
    if (!source.includes(find)) {
      throw new Error(
        `The planted bug does not fit ${url} any more: it has no "${find}". Correct planted/bugs.ts.`,
      );
    }
    source = source.replaceAll(find, replace);
  }
  return { ...loaded, source };
}
