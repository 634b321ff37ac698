/** For tools that cannot read components. vue-tsc can, and prefers what it reads. */
declare module '*.vue' {
  import type { Component } from 'vue';
  const component: Component;
  export default component;
}
