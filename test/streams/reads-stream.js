// Reads a stream of measurements as programs for Node do. Argument: the URL; the key is in KEY. Prints each piece when it is read, and END
// behind the last one.
const answer = await fetch(process.argv[2], { headers: { authorization: `Bearer ${process.env.KEY}` } })
if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`)
for await (const text of answer.body.pipeThrough(new TextDecoderStream())) process.stdout.write(text)
process.stdout.write('END\n')
