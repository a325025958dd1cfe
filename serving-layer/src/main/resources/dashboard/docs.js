// The contract as a page to read and to try out.
window.SwaggerUIBundle({
  url: '/api/v1/openapi.json',
  dom_id: '#contract',
  deepLinking: true,
  docExpansion: 'list',
  validatorUrl: null,
});
