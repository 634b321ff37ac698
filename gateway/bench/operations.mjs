const USER = 'id name handle';
const PRODUCT = 'id name price weight inStock postage';
/** review -> author -> reviews -> product */
const AUTHORED = `id body author { ${USER} reviews { id body product { ${PRODUCT} } } }`;

/** What is asked. The answers' sizes stand in the report. */
export const operations = {
  deep: `query Deep {
    users { ${USER} reviews { id body product { ${PRODUCT} reviews { ${AUTHORED} } } } }
    topProducts { ${PRODUCT} reviews { ${AUTHORED} } }
  }`,
  small: 'query Small { me { id name reviews { id body } } }',
  mutation: 'mutation Rename { rename(id: "p1", name: "Kettle") { id name inStock reviews { body } } }',
  wide: 'query Wide { manyProducts { id name price inStock shelf } }',
};
