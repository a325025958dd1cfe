import { empty } from '../states.js';
import { t } from '../i18n.js';

export default {
  path: 'overview',
  title: 'creator.overview.title',
  navigation: 'creator.overview.title',
  roles: ['creator'],
  async open() {
    return empty(t('common.nothing'));
  },
};
