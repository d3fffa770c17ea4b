/**
 * `npm test`: runs the project's checks one after another, cheap ones first, and stops at the first that fails.
 * `npm test -- NAME…` runs only the named ones.
 */
import { spawnSync } from 'node:child_process';

interface Step {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
}

const steps: readonly Step[] = [
  { name: 'python', command: ['python3', '-m', 'unittest', 'discover', '-s', 'tests/python', '-t', '.'] },
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !steps.some((step) => step.name === name));
if (unknown.length > 0) {
  console.error(
    `There is no check named ${unknown.join(', ')}. Checks: ${steps.map((step) => step.name).join(', ')}.`,
  );
  process.exit(2);
}

let passed = 0;
for (const { name, command } of steps.filter((step) => wanted.length === 0 || wanted.includes(step.name))) {
  console.log(`== ${name}`);
  const { status } = spawnSync(command[0], command.slice(1), { stdio: 'inherit' });
  if (status !== 0) {
    console.error(`The check "${name}" failed. Mend what it names above, then run: npm test -- ${name}`);
    console.log(`${String(passed)} passed, 1 failed`);
    process.exit(1);
  }
  passed += 1;
}
console.log(`${String(passed)} passed, 0 failed`);
