import { transformAsync } from '@babel/core';
import linguiMacro from '@lingui/babel-plugin-lingui-macro';
import type { Plugin } from 'vite';

/**
 * Compiles the marks of words (`t`, `plural`, `Trans`) by Babel. Lingui's own faster way is a native program that npm
 * leaves out on Node 20, which this product still has to be installed by.
 */
export const markedWords: Plugin = {
  name: 'quartermaster:marked-words',
  enforce: 'pre',
  async transform(code, id) {
    if (!/\.tsx?$/.test(id) || !code.includes('/macro')) return null;
    const result = await transformAsync(code, {
      filename: id,
      babelrc: false,
      configFile: false,
      sourceMaps: true,
      parserOpts: { plugins: id.endsWith('x') ? ['typescript', 'jsx'] : ['typescript'] },
      plugins: [linguiMacro],
    });
    return result?.code ? { code: result.code, map: result.map } : null;
  },
};
