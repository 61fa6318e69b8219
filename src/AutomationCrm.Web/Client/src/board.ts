import './elements/board';
