#!/usr/bin/env node
import module from 'node:module';
import { ConfigError } from '@souk/kit/config';
import { ClearError } from './clear-error.js';
import { readCommand } from './commands/read-command.js';

// Node keeps compiled code between starts from 22.1 on; the types are those of the oldest Node.
const { enableCompileCache } = module as { enableCompileCache?: () => void };
enableCompileCache?.();

try {
  const { command, options } = readCommand(process.argv.slice(2));
  await command(options);
} catch (error) {
  // What a person can put right is one line; anything else is a mistake of ours and shows where it is.
  console.error(error instanceof ClearError || error instanceof ConfigError ? error.message : error);
  process.exit(1);
}
