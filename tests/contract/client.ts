// What an integrator writes against the generated client: node client.js <address> <email> <password>
import { client } from './generated/client.gen';
import { getMe, listChannels, logIn } from './generated/sdk.gen';
import type { Problem, TokenAnswer } from './generated/types.gen';

declare const process: { argv: string[]; exitCode?: number };

const [address, email, password] = process.argv.slice(2) as [string, string, string];
client.setConfig({ baseUrl: address });

function must(fact: boolean, what: string): asserts fact {
  if (!fact) {
    throw new Error(what);
  }
}

async function run() {
  const refused = await logIn({ body: { email, password: `${password}!` } });
  const problem: Problem | undefined = refused.error;
  must(problem?.code === 'auth_failed' && problem.status === 401, `a wrong password: ${JSON.stringify(refused.error)}`);

  const { data } = await logIn({ body: { email, password } });
  must(data !== undefined, 'no tokens');
  const tokens: TokenAnswer = data;
  client.setConfig({ auth: () => tokens.access_token });

  const me = await getMe();
  must(me.data?.email === email && me.data.id === tokens.user.id, `who am I: ${JSON.stringify(me.error)}`);

  const channels = await listChannels();
  const names: string[] | undefined = channels.data?.items.map(c => c.name);
  must(names !== undefined && names.length > 0, `channels: ${JSON.stringify(channels.error)}`);
  console.log(`${me.data.email} has ${names.join(', ')}`);
}

run().catch(problem => {
  console.error(problem);
  process.exitCode = 1;
});
