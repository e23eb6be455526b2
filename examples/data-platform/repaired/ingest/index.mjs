import { BatchWriteItemCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";

const client = new DynamoDBClient();

/** Writes the events of a batch of the stream to the table. */
export async function handler({ Records }) {
  const items = Records.map(({ kinesis }) =>
    JSON.parse(Buffer.from(kinesis.data, "base64").toString("utf8")),
  );
  for (let start = 0; start < items.length; start += 25) {
    const requests = items.slice(start, start + 25).map(({ id, at, ...event }) => ({
      PutRequest: { Item: { id: { S: id }, at: { N: String(at) }, event: { S: JSON.stringify(event) } } },
    }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { [process.env.TABLE]: requests } }));
  }
}
