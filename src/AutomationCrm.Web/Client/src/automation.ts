import './elements/find';
import './elements/robots';
