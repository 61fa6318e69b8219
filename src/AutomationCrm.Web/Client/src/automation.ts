import './elements/condition';
import './elements/expression';
import './elements/find';
import './elements/robots';
import './elements/when';
