/** The environment's worker as one classic script: the environment, the harness's Python, the platforms' services. */
import { bundleClassicScript } from './classic-script.ts';
import { listPlatforms, readHarness, readImage } from './images.ts';

export async function bundleWorker(): Promise<string> {
  const images = await Promise.all((await listPlatforms()).map(readImage));
  const services = [...new Set(images.map(({ description }) => description.service))].sort();
  return bundleClassicScript(`
    import { startWorker } from '/src/sandbox/environment.worker.ts';
    ${services.map((name, index) => `import * as service${index} from '/src/services/${name}.ts';`).join('\n')}
    startWorker({
      harness: ${JSON.stringify(await readHarness())},
      services: { ${services.map((name, index) => `${JSON.stringify(name)}: service${index}`).join(', ')} },
    });
  `);
}
