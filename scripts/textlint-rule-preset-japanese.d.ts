/** The preset brings no types of its own: a bag of rules and how it sets them. */
declare module 'textlint-rule-preset-japanese' {
  type Rule = import('@textlint/kernel').TextlintKernelRule['rule'];

  const preset: {
    readonly rules: Readonly<Record<string, Rule>>;
    readonly rulesConfig: Readonly<Record<string, object | boolean>>;
  };
  export default preset;
}
