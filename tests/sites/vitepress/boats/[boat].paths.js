export default { paths: () => [{ params: { boat: 'ferry' } }] }
