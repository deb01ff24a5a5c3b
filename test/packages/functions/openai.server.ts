import OpenAI from 'openai'

export const run = async () => {
  const openai = new OpenAI({ apiKey: 'sk-1' })
  const { choices } = await openai.chat.completions.create({
    model: 'gpt',
    messages: [{ role: 'user', content: 'Hello' }],
  })
  return choices[0]?.message.content
}
