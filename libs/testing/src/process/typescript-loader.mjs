// Lets a plain `node --import <this file>` run the sources: in the workers of Vitest and its global setup, and in tests of real processes.
import { existsSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';

// A runner may add a query to the file that it loads.
const isTypeScript = (url) => url !== undefined && /\.ts(\?|$)/.test(url);

registerHooks({
  resolve(specifier, context, next) {
    if (specifier.startsWith('#')) {
      return next(specifier, { ...context, conditions: [...context.conditions, 'development'] });
    }
    if (specifier.startsWith('.') && specifier.endsWith('.js') && isTypeScript(context.parentURL)) {
      const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
      if (existsSync(source)) return next(source.href, context);
    }
    return next(specifier, context);
  },
  load(url, context, next) {
    if (!isTypeScript(url)) return next(url, context);
    const file = fileURLToPath(url.replace(/\?.*/, ''));
    const { code } = transformSync(readFileSync(file, 'utf8'), {
      filename: file,
      sourceMaps: 'inline',
      module: { type: 'es6' },
      jsc: {
        target: 'es2022',
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      },
    });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
