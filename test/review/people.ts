import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files of a throw-away authority and of people it has certified, made by the openssl program. */
export interface People {
  readonly trust: string;
  /** Makes a certificate and a key. @returns their files */
  person(name: string, days?: number): { readonly certificate: string; readonly key: string };
}

const EC = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc'];

export function makePeople(directory: string): People {
  mkdirSync(directory, { recursive: true });
  const at = (name: string) => join(directory, name);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' });
  const authority = [
    '-addext',
    'basicConstraints=critical,CA:TRUE',
    '-addext',
    'keyUsage=critical,keyCertSign',
  ];
  openssl(
    'req',
    '-x509',
    ...EC,
    '-keyout',
    at('ca.key'),
    '-out',
    at('ca.pem'),
    '-days',
    '30',
    '-subj',
    '/CN=Test CA',
    ...authority,
  );
  return {
    trust: at('ca.pem'),
    person: (name, days = 10) => {
      const [key, certificate, request, extensions] = ['key', 'pem', 'csr', 'ext'].map((end) =>
        at(`${name}.${end}`),
      ) as [string, string, string, string];
      writeFileSync(extensions, 'keyUsage=critical,digitalSignature\nbasicConstraints=CA:FALSE\n');
      openssl(
        'req',
        '-new',
        ...EC,
        '-keyout',
        key,
        '-out',
        request,
        '-subj',
        `/O=심의위원회/CN=${name}`,
        '-utf8',
      );
      const issue = [
        '-CA',
        at('ca.pem'),
        '-CAkey',
        at('ca.key'),
        '-extfile',
        extensions,
        '-days',
        String(days),
      ];
      openssl('x509', '-req', '-in', request, '-out', certificate, ...issue);
      return { certificate, key };
    },
  };
}
