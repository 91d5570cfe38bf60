// A mail server for the browser tests: takes every mail and keeps it as its reader would see it.
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';

const patience = 30_000;

export async function start_mail_server() {
  const mails = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onRcptTo({ address }, _session, callback) {
      if (address.startsWith('nobody@')) {
        callback(Object.assign(new Error('no such mailbox'), { responseCode: 550 }));
        return;
      }
      callback();
    },
    onData(stream, session, callback) {
      const parts = [];
      stream.on('data', (part) => parts.push(part));
      stream.on('end', async () => {
        const mail = await PostalMime.parse(Buffer.concat(parts));
        mails.push({ ...mail, recipients: session.envelope.rcptTo.map((each) => each.address) });
        callback();
      });
    },
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address();
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    stop: () => new Promise((resolve) => server.close(resolve)),
    // The first mail that fits, now or soon.
    async wait_for(fits) {
      const until = Date.now() + patience;
      while (Date.now() < until) {
        const found = mails.find(fits);
        if (found) return found;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error(`no such mail came; there are: ${mails.map((mail) => mail.subject).join(' | ')}`);
    },
  };
}
