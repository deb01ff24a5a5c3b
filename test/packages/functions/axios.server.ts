import axios from 'axios'

export const run = async () => {
  const { data } = await axios.post('https://api.example.com/orders?dry=1', { count: 2 }, { timeout: 20_000 })
  return data.id
}
